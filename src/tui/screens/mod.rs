//! The screens. Each keeps its own cursor and scroll positions, turns commands into moves, and draws itself.

pub mod bars;
pub mod details;
pub mod flow;
pub mod matrix;
pub mod meetings;
pub mod review;
pub mod tree;
