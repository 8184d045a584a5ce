//! Timeline + view + size -> placed marks.
//!
//! [`chart()`] decides where everything is placed: eras, lanes, marks, labels, ticks, plots, overview. It is a pure
//! function; text is measured through [`Measure`], so that the same layout runs in a window, in an export and in a
//! test. All coordinates are egui points, y down, in the coordinate space of the rectangle that the caller passes.
//!
//! Invariant: egui's value types only, never `Ui`, `Context` or `Painter`.

mod arrangement;
mod chart;
mod comparison;
mod counted_once;
mod eras;
mod even_ticks;
mod fitting;
mod found;
mod kept_thumbnails;
mod labels;
mod lane_names;
mod lanes;
mod left_out;
mod legend;
mod measure;
mod needed_height;
mod overflow;
mod overview;
mod packing;
mod pictures;
mod placed;
mod placement;
mod plot;
mod regions;
mod request;
mod rest;
mod row_motion;
mod rows;
mod scrolling;
mod series;
mod settle;
mod shape;
#[cfg(test)]
mod shown;
mod slices;
mod text;
mod thumbnail;
mod thumbnails;
mod tick_steps;
mod ticks;
mod value_labels;
mod values;
mod view;

pub use arrangement::Arrangement;
pub use chart::chart;
pub use comparison::{Compared, Comparison, ComparisonRequest, compare, comparison_room};
pub use eras::{ERA_TINTS, EraBand};
pub use even_ticks::ticks_of;
pub use labels::{DATE_GAP, Label, TITLE_LEADING};
pub use lane_names::{FOLD_SIGN, lane_indent};
pub use lanes::{ARROW_TIP, Bin, DensityStrip, LaneBox, MARKER_RADIUS, Mark, MarkShape, Member, Weight};
pub use left_out::LeftOut;
pub use legend::{LegendEntry, Sample};
pub use measure::{Measure, TextRole};
pub use needed_height::needed_height;
pub use overflow::{Overflow, OverflowIndicator};
pub use overview::{OVERVIEW_HANDLE, Overview, OverviewLayer};
pub use pictures::Pictures;
pub use placed::Chart;
pub use plot::{PlotColumn, PlotLine, PlotPoint, PointEnd, SeriesBox};
pub use regions::{ChartRegions, Part, Parts};
pub use request::{Heading, Request, RowMode};
pub use row_motion::RowPositions;
pub use scrolling::Scrolling;
pub use settle::{Settled, chart_at_rest, settle, settles_slowly};
pub use shape::UNKNOWN_FADE;
pub use text::one_line;
pub use thumbnail::{CREDIT_LEADING, Credit, Thumbnail};
pub use tick_steps::Tick;
pub use ticks::{AxisBreak, Ticks};
pub use values::ValueTick;
pub use view::{MAX_SPAN, MIN_SPAN, Section, TimeAxis, View};
