//! The initial rows of a view.

use super::arrangement::Arrangement;
use super::chart::chart;
use super::measure::Measure;
use super::request::Request;
use super::view::View;

impl Arrangement {
    /// Returns the initial arrangement of a view: if everything has room at home, rows and lanes are those of the home
    /// view. Events that have a row in the arrangement of the request keep it.
    #[must_use]
    pub fn first(request: Request<'_>, measure: &mut dyn Measure) -> Self {
        let kept = request.arrangement.settled();
        let home = chart(
            Request { view: View::home_on(*request.view.scale(), request.timeline), arrangement: &kept, ..request },
            measure,
        );
        kept.with_home(&home)
    }
}
