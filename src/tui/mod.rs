//! The screens: one of the two front ends, on top of `ops`.
//!
//! `term` is the ground floor: it knows terminals and text, and nothing of plans.

pub mod term;
