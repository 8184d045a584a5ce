//! The look of the panels.

use egui::style::{ScrollAnimation, Selection, WidgetVisuals};
use egui::{Color32, Context, CornerRadius, FontId, Margin, Shadow, Stroke, TextStyle, Visuals, vec2};

use crate::paint::Theme;
use crate::timeline::Hue;

use super::fonts::bold;

/// How long what opens and closes takes, in seconds.
const ANIMATION: f32 = 0.1;

/// Lets what opens, closes and scrolls take its time, or do so at once.
pub fn set_motion(context: &Context, moves: bool) {
    context.all_styles_mut(|style| {
        style.animation_time = if moves { ANIMATION } else { 0.0 };
        style.scroll_animation = if moves { ScrollAnimation::default() } else { ScrollAnimation::none() };
    });
}

/// Dresses egui's own widgets in the theme.
pub fn style(theme: &Theme, style: &mut egui::Style) {
    style.text_styles = [
        (TextStyle::Heading, bold(20.0)),
        (TextStyle::Body, FontId::proportional(14.0)),
        (TextStyle::Button, FontId::proportional(14.0)),
        (TextStyle::Small, FontId::proportional(12.0)),
        (TextStyle::Monospace, FontId::proportional(14.0)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 6.0);
    spacing.button_padding = vec2(10.0, 4.0);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(16);
    spacing.interact_size = vec2(32.0, 26.0);
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.25;
    style.animation_time = ANIMATION;
    style.visuals = visuals(theme);
}

fn visuals(theme: &Theme) -> Visuals {
    let mut visuals = if theme.dark { Visuals::dark() } else { Visuals::light() };
    let corner = CornerRadius::same(6);
    let widget = |fill: Color32, stroke: Color32, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, stroke),
        corner_radius: corner,
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    let pressed = theme.raised.lerp_to_gamma(theme.accent, 0.16);
    visuals.widgets.noninteractive = widget(theme.panel, theme.line, theme.ink);
    visuals.widgets.inactive = widget(theme.raised, theme.edge, theme.ink);
    visuals.widgets.hovered = widget(theme.raised.lerp_to_gamma(theme.accent, 0.08), theme.axis, theme.ink);
    visuals.widgets.active = widget(pressed, theme.accent, theme.ink);
    visuals.widgets.open = widget(pressed, theme.edge, theme.ink);
    visuals.selection =
        Selection { bg_fill: theme.panel.lerp_to_gamma(theme.accent, 0.3), stroke: Stroke::new(1.0, theme.ink) };
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(theme.muted);
    visuals.hyperlink_color = theme.accent;
    visuals.faint_bg_color = theme.panel;
    visuals.extreme_bg_color = theme.raised;
    visuals.code_bg_color = theme.line;
    visuals.warn_fg_color = theme.hue(Hue::Amber);
    visuals.error_fg_color = theme.error;
    visuals.window_fill = theme.raised;
    visuals.window_stroke = Stroke::new(1.0, theme.line);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.window_shadow = Shadow { offset: [0, 6], blur: 24, spread: 0, color: theme.shadow };
    visuals.popup_shadow = Shadow { offset: [0, 4], blur: 14, spread: 0, color: theme.shadow };
    visuals.panel_fill = theme.panel;
    visuals
}
