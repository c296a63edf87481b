//! Holds the keys, keeps declarations, opens one total per survey.
