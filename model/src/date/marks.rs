//! The qualifiers of ISO 8601-2 section 8: approximate or uncertain, of a whole date or of some of its components.

/// A set of the components year, month and day of a date: those to which a mark applies.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Components(u8);

impl Components {
    /// No component: the date is not marked.
    pub const NONE: Self = Self(0);
    /// The whole date, regardless of which components it has.
    pub const ALL: Self = Self(0b111);

    /// Returns `true` if the mark applies to any component.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// if let Date::Single(part) = Date::parse("2004-06~-11")? {
    ///     assert!(part.approximate().any() && !part.approximate().all());
    /// }
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub const fn any(self) -> bool {
        self.0 != 0
    }

    /// Returns `true` if the mark applies to the whole date.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// if let Date::Single(part) = Date::parse("c. 1850")? {
    ///     assert!(part.approximate().all());
    /// }
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub const fn all(self) -> bool {
        self.0 == Self::ALL.0
    }

    /// Returns `true` if the mark applies to the component at a position: 0 is the year, 1 the month, 2 the day.
    pub(super) const fn contains(self, position: usize) -> bool {
        self.0 & Self::at(position).0 != 0
    }

    /// Returns the component at a position: 0 is the year, 1 the month, 2 the day.
    pub(super) const fn at(position: usize) -> Self {
        Self(1 << position & Self::ALL.0)
    }

    /// Returns the components up to and including a position.
    pub(super) const fn through(position: usize) -> Self {
        Self(((2 << position) - 1) & Self::ALL.0)
    }

    pub(super) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the same components, or [`ALL`](Self::ALL) if they are all that a date of `count` components has.
    pub(super) const fn of(self, count: usize) -> Self {
        let whole = (1 << count) - 1;
        if self.0 & whole == whole { Self::ALL } else { self }
    }

    /// Returns the names of the components, "year and month", or `None` for the whole date or no component.
    pub(super) fn names(self) -> Option<String> {
        if !self.any() || self.all() {
            return None;
        }
        let all = ["year", "month", "day"].into_iter().enumerate();
        let marked: Vec<&str> = all.filter(|(bit, _)| self.0 >> bit & 1 == 1).map(|(_, name)| name).collect();
        Some(marked.join(" and "))
    }
}

/// The two marks, each on or off.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Qualifier {
    pub approximate: bool,
    pub uncertain: bool,
}

impl Qualifier {
    /// Adds the mark of a byte. Returns `false` if the byte is not a mark.
    pub fn add(&mut self, mark: u8) -> bool {
        match mark {
            b'~' => self.approximate = true,
            b'?' => self.uncertain = true,
            b'%' => (self.approximate, self.uncertain) = (true, true),
            _ => return false,
        }
        true
    }
}

/// The marks of a date, each with the components to which it applies.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub approximate: Components,
    pub uncertain: Components,
}

impl Marks {
    /// Adds the marks that are on to `components`.
    pub const fn put(&mut self, qualifier: Qualifier, components: Components) {
        if qualifier.approximate {
            self.approximate = self.approximate.union(components);
        }
        if qualifier.uncertain {
            self.uncertain = self.uncertain.union(components);
        }
    }

    /// Returns the marks of a date with `count` components.
    pub const fn of(self, count: usize) -> Self {
        Self { approximate: self.approximate.of(count), uncertain: self.uncertain.of(count) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_have_names() {
        assert_eq!(Components::at(1).names().as_deref(), Some("month"));
        assert_eq!(Components::through(1).names().as_deref(), Some("year and month"));
        assert_eq!(Components::at(0).union(Components::at(2)).names().as_deref(), Some("year and day"));
        assert_eq!(Components::ALL.names(), None);
        assert_eq!(Components::NONE.names(), None);
        assert!(Components::through(1).of(2).all() && !Components::through(1).of(3).all());
        assert!(Components::through(0).of(1).all() && !Components::NONE.of(1).any());
    }
}
