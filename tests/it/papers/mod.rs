//! The papers as an office gets them: opened by LibreOffice, turned into pages, measured and looked at.

mod calendar;
mod file;
mod office;
mod pages;
mod samples;
mod verb;
mod wording;
