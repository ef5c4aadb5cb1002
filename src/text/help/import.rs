//! What an import says of a document.

/// Sentences and labels of the import report.
#[derive(Debug)]
pub struct ImportWords {
    pub placeholder: &'static str,
}

pub(super) const ZH: ImportWords = ImportWords { placeholder: "" };
pub(super) const EN: ImportWords = ImportWords { placeholder: "" };
