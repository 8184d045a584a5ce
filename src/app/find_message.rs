//! What is done in the box in which events are searched.

/// What is done in the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindMessage {
    /// Search for what is typed.
    Type(String),
    /// Enter, or Shift+Enter if it is negative: do what is offered, or go to the next event that was found.
    Enter(isize),
    /// Go this many options down; up if it is negative.
    Move(isize),
    /// Do what an option offers, or go to the event that it is.
    Choose(usize),
    /// Show the options from this one on.
    Scroll(usize),
    /// Close the box, and stay where it has led.
    Stay,
    /// Close the box, and go back to where it was opened.
    Return,
}
