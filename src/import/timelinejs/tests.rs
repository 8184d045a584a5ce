use super::*;
use crate::import::{Format, import};

fn document(json: &str) -> String {
    let options = Options::default();
    let import = import(json.as_bytes(), "a.json", Some(Format::TimelineJs), &options, &Progress::default());
    import.expect("a timeline").text()
}

#[test]
fn parts_of_a_date_are_a_date() {
    let date = |parts: &str| {
        let json = format!("{{\"events\": [{{\"start_date\": {parts}, \"text\": {{\"headline\": \"a\"}}}}]}}");
        let text = document(&json);
        text.split("date: \"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
    };
    let check = |parts: &str, expect: Option<&str>| assert_eq!(date(parts).as_deref(), expect, "{parts}");
    check("{\"year\": 1965}", Some("1965"));
    check("{\"year\": \"1965\", \"month\": \"6\", \"day\": \"\"}", Some("1965-06"));
    check("{\"year\": \"1965\", \"month\": 6, \"day\": 22, \"hour\": 9, \"minute\": 5}", Some("1965-06-22T09:05"));
    check("{\"year\": -44, \"month\": 3, \"day\": 15}", Some("15 March 44 BCE"));
    check("{\"year\": \"-65000000\"}", Some("65 Ma"));
    check("{\"year\": \"1,965\"}", Some("1965"));
    check("{\"year\": \"c. 1965\"}", Some("c. 1965"));
    check("{\"year\": 1965, \"month\": 13}", None);
    check("\"2011,12,10,07,02\"", Some("2011-12-10T07:02"));
}
