//! The names that columns have in the headers of many languages.

use super::super::options::Field;

/// The names of each field, without spaces, accents and capitals; the surer before the less sure.
#[rustfmt::skip] // a word on a line is too many lines
const NAMES: [(Field, &[&str]); 25] = [
    (
        Field::Title,
        &[
            "title", "headline", "event", "eventname", "eventtitle", "subject", "name", "summary", "label",
            "heading", "what", "titel", "uberschrift", "ereignis", "betreff", "bezeichnung", "titre", "evenement",
            "intitule", "libelle", "nom", "titulo", "evento", "acontecimiento", "suceso", "nombre", "titolo",
            "avvenimento", "nome", "gebeurtenis", "onderwerp", "naam", "제목", "사건", "행사", "명칭", "이름", "タイトル", "題名",
            "件名", "出来事", "イベント", "名称", "名前", "标题", "標題", "事件", "题目", "題目", "название", "заголовок", "событие",
            "имя", "наименование", "tytul", "wydarzenie", "nazwa", "rubrik", "handelse", "namn", "tittel",
            "hendelse", "baslik", "olay", "item", "entry", "who", "person", "project", "task",
        ],
    ),
    (
        Field::Date,
        &[
            "start", "startdate", "begin", "begindate", "beginning", "from", "datefrom", "fromdate", "since",
            "started", "starts", "startdatum", "beginn", "anfang", "von", "ab", "debut", "datedebut",
            "datededebut", "inicio", "fechainicio", "fechadeinicio", "fechainicial", "desde", "datainicio",
            "datadeinicio", "inizio", "datainizio", "datadiinizio", "dal", "da", "begindatum", "시작", "시작일", "開始",
            "開始日", "开始", "开始日期", "开始时间", "начало", "датаначала", "date", "dates", "when", "datum", "eventdate",
            "fecha", "data", "날짜", "일자", "日付", "年月日", "日期", "дата", "tarih", "dato", "datetime", "dateandtime",
            "timestamp", "daterange", "period", "publicationdate", "published", "created", "zeitpunkt", "zeitraum",
            "birth", "born", "birthdate",
            "datierung", "datiert", "entstehungszeit", "datation", "datacion", "datazione", "datering",
        ],
    ),
    (
        Field::End,
        &[
            "end", "enddate", "dateend", "dateto", "to", "todate", "until", "till", "finish", "finishdate", "stop",
            "ends", "ended", "ende", "enddatum", "bis", "fin", "datefin", "datedefin", "fechafin", "fechadefin",
            "fechafinal", "hasta", "fim", "datafim", "datadefim", "fine", "datafine", "datadifine", "al", "einde",
            "einddatum", "tot", "종료", "종료일", "終了", "終了日", "结束", "結束", "结束日期", "конец", "окончание",
            "датаокончания", "death", "died", "deathdate",
        ],
    ),
    (
        Field::Year,
        &[
            "year", "startyear", "beginyear", "yearstart", "jahr", "startjahr", "annee", "ano", "anno", "jaar",
            "연도", "년도", "년", "年", "年份", "год", "rok", "ar", "yil", "yr",
        ],
    ),
    (Field::Month, &[
            "month", "startmonth", "monat", "mois", "mes", "mese", "maand", "월", "月", "月份", "месяц",
        ]),
    (
        Field::Day,
        &[
            "day", "startday", "dayofmonth", "tag", "jour", "dia", "giorno", "dag", "일", "日", "день", "число",
        ],
    ),
    (
        Field::Time,
        &[
            "time", "starttime", "timeofday", "begintime", "uhrzeit", "zeit", "startzeit", "heure", "hora", "ora",
            "tijd", "시간", "시각", "時間", "時刻", "时间", "время", "hour", "clock",
        ],
    ),
    (Field::EndYear, &[
            "endyear", "yearend", "endjahr", "anneefin", "anofin", "eindjaar",
        ]),
    (Field::EndMonth, &[
            "endmonth", "monthend", "endmonat", "moisfin", "mesfin",
        ]),
    (Field::EndDay, &[
            "endday", "dayend", "endtag", "jourfin", "diafin",
        ]),
    (Field::EndTime, &[
            "endtime", "timeend", "endzeit", "heurefin", "horafin", "종료시간", "終了時間", "结束时间",
        ]),
    (
        Field::Lane,
        &[
            "lane", "group", "category", "track", "swimlane", "series", "section", "topic", "theme", "strand",
            "type", "kategorie", "gruppe", "thema", "bereich", "rubrik", "categorie", "groupe", "categoria",
            "grupo", "tema", "gruppo", "groep", "soort", "tipo", "typ", "분류", "범주", "카테고리", "그룹", "구분", "주제", "分類",
            "カテゴリ", "カテゴリー", "グループ", "種類", "テーマ", "类别", "分类", "類別", "组", "主题", "категория", "группа", "раздел",
            "тип", "тема", "kategoria", "grupa", "kategori", "class", "genre", "domain", "department", "team",
            "phase", "era", "subcategory",
        ],
    ),
    (
        Field::Text,
        &[
            "text", "description", "desc", "details", "detail", "body", "content", "story", "abstract",
            "longdescription", "beschreibung", "inhalt", "texte", "contenu", "descripcion", "texto", "contenido",
            "descrizione", "testo", "descricao", "conteudo", "beschrijving", "omschrijving", "tekst", "설명", "내용",
            "본문", "説明", "内容", "本文", "描述", "说明", "說明", "內容", "正文", "описание", "текст", "opis", "tresc",
            "beskrivning", "aciklama", "notes", "note", "comment", "comments", "remarks", "notizen", "notiz",
            "anmerkung", "anmerkungen", "bemerkung", "bemerkungen", "kommentar", "commentaire", "commentaires",
            "remarques", "notas", "nota", "comentario", "opmerking", "opmerkingen", "비고", "메모", "備考", "メモ", "备注",
            "備註", "примечание", "комментарий",
        ],
    ),
    (
        Field::Tags,
        &[
            "tags", "tag", "keywords", "keyword", "labels", "schlagworte", "schlagworter", "stichworte",
            "stichworter", "etiquettes", "motscles", "etiquetas", "palabrasclave", "palavraschave", "etichette",
            "parolechiave", "trefwoorden", "태그", "키워드", "タグ", "キーワード", "标签", "標籤", "关键词", "關鍵詞", "теги", "метки",
            "ключевыеслова",
        ],
    ),
    (
        Field::Source,
        &[
            "source", "sources", "reference", "references", "ref", "refs", "citation", "citations", "primarysource",
            "primarysources", "secondarysource", "secondarysources", "sourcetitle", "bibliography", "literatur", "quelle", "quellen", "beleg",
            "nachweis", "fuente", "fuentes", "referencia", "fonte", "fonti", "fontes", "riferimento", "bron",
            "bronnen", "출처", "자료", "참고문헌", "出典", "出所", "来源", "來源", "источник", "источники", "zrodlo", "kaynak",
            "kalla",
        ],
    ),
    (
        Field::Locator,
        &[
            "locator", "page", "pages", "pagenumber", "pageno", "seite", "seiten", "fundstelle", "pagina", "paginas",
            "pagine", "쪽", "페이지", "ページ", "頁", "页", "页码", "страница", "strona",
        ],
    ),
    (
        Field::Place,
        &[
            "place", "location", "where", "venue", "city", "ort", "lieu", "lugar", "ubicacion", "luogo", "local",
            "plaats", "locatie", "장소", "위치", "場所", "地点", "地點", "место", "miejsce", "plats", "yer", "town",
        ],
    ),
    (
        Field::Latitude,
        &[
            "latitude", "lat", "breitengrad", "breite", "latitud", "latitudine", "위도", "緯度", "纬度", "широта",
        ],
    ),
    (
        Field::Longitude,
        &[
            "longitude", "lon", "lng", "long", "langengrad", "longitud", "longitudine", "경도", "経度", "經度", "经度",
            "долгота",
        ],
    ),
    (
        Field::Coordinates,
        &[
            "coordinates", "coords", "coordinate", "latlng", "latlong", "koordinaten", "geo", "좌표", "座標", "坐标",
        ],
    ),
    (
        Field::Link,
        &[
            "link", "url", "links", "website", "webpage", "web", "href", "uri", "hyperlink", "weblink", "lien",
            "liens", "enlace", "vinculo", "collegamento", "링크", "リンク", "链接", "連結", "網址", "网址", "ссылка",
        ],
    ),
    (
        Field::Image,
        &[
            "image", "picture", "photo", "imageurl", "img", "media", "mediaurl", "thumbnail", "bild", "foto",
            "imagen", "immagine", "imagem", "afbeelding", "이미지", "사진", "그림", "画像", "写真", "图片", "圖片", "изображение",
            "фото", "картинка",
        ],
    ),
    (
        Field::Color,
        &[
            "color", "colour", "farbe", "couleur", "colore", "cor", "kleur", "색", "색상", "色", "颜色", "顏色", "цвет",
        ],
    ),
    (Field::Id, &[
            "id", "key", "uid", "identifier", "slug", "uniqueid", "kennung", "identifiant", "identificador",
        ]),
    (
        Field::Importance,
        &[
            "importance", "priority", "weight", "wichtigkeit", "prioritat", "importancia", "중요도", "重要度",
        ],
    ),
];

/// The names of columns of given names.
pub(super) const FIRST: [&str; 8] =
    ["firstname", "givenname", "forename", "vorname", "prenom", "voornaam", "nomedibattesimo", "imie"];
/// The names of columns of family names.
pub(super) const LAST: [&str; 14] = [
    "lastname",
    "surname",
    "familyname",
    "nachname",
    "familienname",
    "name",
    "nom",
    "nomdefamille",
    "cognome",
    "apellido",
    "apellidos",
    "sobrenome",
    "achternaam",
    "nazwisko",
];

/// Returns a name without spaces, punctuation, accents and capitals.
pub(super) fn simple(name: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ę' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ı' => 'i',
        'ñ' | 'ń' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ś' | 'ş' | 'š' => 's',
        'ź' | 'ż' | 'ž' => 'z',
        'ł' => 'l',
        c => c,
    };
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).map(plain).collect()
}

/// Returns the fields that a name may stand for, each with how sure that is: less is surer.
pub(super) fn fields(name: &str) -> Vec<(Field, usize)> {
    let simple = simple(name);
    if simple.is_empty() {
        return Vec::new();
    }
    let found =
        NAMES.iter().filter_map(|(field, names)| Some((*field, names.iter().position(|name| *name == simple)?)));
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_fields() {
        let check = |name: &str, expect: &[Field]| {
            let found: Vec<Field> = fields(name).into_iter().map(|(field, _)| field).collect();
            assert_eq!(found, expect, "{name}");
        };
        check("Start Date", &[Field::Date]);
        check("end_date", &[Field::End]);
        check("Überschrift", &[Field::Title]);
        check("Année", &[Field::Year]);
        check("시작일", &[Field::Date]);
        check("Tag", &[Field::Day, Field::Tags]);
        check("Описание", &[Field::Text]);
        check("length", &[]);
        check("", &[]);
        check("--", &[]);
    }

    #[test]
    fn every_name_is_simple_and_stands_once_in_its_field() {
        for (field, names) in NAMES {
            let mut seen = std::collections::BTreeSet::new();
            for name in names {
                assert_eq!(simple(name), *name, "{field:?}");
                assert!(seen.insert(name), "{field:?} {name}");
            }
        }
    }
}
