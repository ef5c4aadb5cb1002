//! Several machines, one plan: sync over folders, servers and bundles, and everything that may come in between.

mod folder;
mod office;
