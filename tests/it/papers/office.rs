//! LibreOffice and poppler, run from the outside: a document goes in, pages come out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Documents that have become pages.
pub struct Office {
    folder: TempDir,
}

/// A word on a page, in millimetres from the top left corner of the sheet.
#[derive(Debug, Clone)]
pub struct Word {
    pub text: String,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

/// A page in grey or colour: width, height and three bytes a point.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub points: Vec<[u8; 3]>,
}

const NEEDS: &str = "apt-get install -y --no-install-recommends libreoffice-writer-nogui fonts-noto-cjk poppler-utils";

impl Office {
    /// Turns documents into PDF, all in one run of LibreOffice with a profile of its own.
    pub fn print(documents: &[(&str, Vec<u8>)]) -> Office {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("soffice");
        let profile = folder.path().join("profile");
        command.arg(format!("-env:UserInstallation=file://{}", profile.display()));
        command.args(["--headless", "--norestore", "--convert-to", "pdf", "--outdir"]).arg(folder.path());
        for (name, bytes) in documents {
            let path = folder.path().join(format!("{name}.docx"));
            fs::write(&path, bytes).unwrap();
            command.arg(path);
        }
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/papers/fonts.conf");
        command.env("FONTCONFIG_FILE", fonts).env("HOME", folder.path());
        let run = ran(command, "soffice");
        for (name, _) in documents {
            assert!(folder.path().join(format!("{name}.pdf")).exists(), "LibreOffice made no pages of {name}: {run}");
        }
        Office { folder }
    }

    fn pdf(&self, name: &str) -> PathBuf {
        self.folder.path().join(format!("{name}.pdf"))
    }

    /// The lines of text of each page.
    pub fn lines(&self, name: &str) -> Vec<Vec<String>> {
        let mut command = Command::new("pdftotext");
        command.args(["-raw", "-enc", "UTF-8"]).arg(self.pdf(name)).arg("-");
        let text = ran(command, "pdftotext");
        let pages = text.trim_end_matches('\u{c}').split('\u{c}');
        pages.map(|page| page.lines().map(str::to_string).filter(|line| !line.trim().is_empty()).collect()).collect()
    }

    /// The words of each page with their places.
    pub fn words(&self, name: &str) -> Vec<Vec<Word>> {
        let mut command = Command::new("pdftotext");
        command.args(["-bbox", "-enc", "UTF-8"]).arg(self.pdf(name)).arg("-");
        let text = ran(command, "pdftotext");
        let number = |line: &str, key: &str| -> f64 {
            let rest = line.split_once(&format!("{key}=\"")).unwrap().1;
            rest.split('"').next().unwrap().parse::<f64>().unwrap() * 25.4 / 72.0
        };
        let words = |page: &str| {
            let lines = page.lines().filter(|line| line.trim().starts_with("<word"));
            lines
                .map(|line| Word {
                    text: line.split_once('>').unwrap().1.replace("</word>", ""),
                    left: number(line, "xMin"),
                    right: number(line, "xMax"),
                    top: number(line, "yMin"),
                    bottom: number(line, "yMax"),
                })
                .collect()
        };
        text.split("<page ").skip(1).map(words).collect()
    }

    /// A page as a picture; the resolution is in points an inch.
    pub fn picture(&self, name: &str, page: usize, resolution: u32) -> Picture {
        let root = self.folder.path().join("page");
        let page = page.to_string();
        let mut command = Command::new("pdftoppm");
        command.args(["-singlefile", "-f", &page, "-l", &page, "-r", &resolution.to_string()]);
        ran(
            {
                command.arg(self.pdf(name)).arg(&root);
                command
            },
            "pdftoppm",
        );
        let bytes = fs::read(root.with_extension("ppm")).unwrap();
        let mut at = 0;
        let mut head = Vec::new();
        while head.len() < 4 {
            let end = at + bytes[at..].iter().position(u8::is_ascii_whitespace).unwrap();
            head.push(String::from_utf8(bytes[at..end].to_vec()).unwrap());
            at = end + 1;
        }
        assert_eq!(head[0], "P6");
        let points = bytes[at..].chunks_exact(3).map(|point| [point[0], point[1], point[2]]).collect();
        Picture { width: head[1].parse().unwrap(), height: head[2].parse().unwrap(), points }
    }

    /// Keeps the pages of a document as PNG where somebody wants to look at them.
    pub fn keep(&self, name: &str, folder: &Path, resolution: u32) {
        fs::create_dir_all(folder).unwrap();
        let mut command = Command::new("pdftoppm");
        fs::copy(self.folder.path().join(format!("{name}.docx")), folder.join(format!("{name}.docx"))).unwrap();
        command.args(["-png", "-r", &resolution.to_string()]).arg(self.pdf(name)).arg(folder.join(name));
        ran(command, "pdftoppm");
    }
}

fn ran(mut command: Command, name: &str) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{name} is needed ({error}): {NEEDS}"));
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
