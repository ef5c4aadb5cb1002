//! The one test binary: what the program does, layer by layer.

mod import;
