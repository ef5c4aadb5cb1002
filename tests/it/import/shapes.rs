//! Documents of other shapes, invented.
