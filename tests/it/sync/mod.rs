//! Several machines, one plan: sync over folders, servers and bundles, and everything that may come in between.

mod bad;
mod bundle;
mod drafts;
mod five;
mod folder;
mod office;
mod screen;
mod setup;
#[cfg(unix)]
mod ssh;
mod start;
