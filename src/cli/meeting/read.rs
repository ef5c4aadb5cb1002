//! What the options of these verbs say.

use crate::cli::fail::Failure;
use crate::cli::session::Session;
use crate::domain::meeting::Meeting;
use crate::domain::{Field, FieldValue, NodeId, RecordKind, UnitId, narrow};
use crate::ops::{self, Refusal};
use crate::text::Text;
use crate::workspace::Workspace;
use chrono::{NaiveDate, NaiveTime};
use clap::ArgMatches;

/// The options as they were given.
pub(super) struct Given<'g> {
    pub own: &'g ArgMatches,
    pub text: &'static Text,
    pub today: NaiveDate,
}

impl Given<'_> {
    pub fn one(&self, name: &str) -> Option<&str> {
        self.all(name).last().copied()
    }

    fn all(&self, name: &str) -> Vec<&str> {
        let given = self.own.try_get_many::<String>(name).ok().flatten();
        given.into_iter().flatten().map(String::as_str).collect()
    }

    /// The text of an option; empty where it was not given.
    pub fn text(&self, name: &str) -> String {
        self.one(name).unwrap_or_default().to_string()
    }

    /// The fields of texts that were given; an empty one empties its field.
    pub fn fields(&self, texts: &[(&str, Field)]) -> Vec<(Field, Option<FieldValue>)> {
        texts.iter().filter_map(|(name, field)| Some((*field, Some(self.one(name)?.into())))).collect()
    }

    /// The fields of departments and clauses that were given.
    pub fn lists(
        &self,
        session: &Session,
        workspace: &Workspace,
        field: Field,
        name: &str,
        fields: &mut Vec<(Field, Option<FieldValue>)>,
    ) -> Result<(), Failure> {
        if self.one(name).is_some() {
            fields.push((field, Some(self.units(workspace, name)?.into())));
        }
        if self.one("task").is_some() {
            fields.push((Field::Tasks, Some(self.tasks(session, workspace)?.into())));
        }
        Ok(())
    }

    pub fn unit(&self, workspace: &Workspace, name: &str) -> Result<UnitId, Failure> {
        ops::resolve_unit(workspace, name).map_err(|refusal| Failure::refusal(&refusal, self.text))
    }

    /// The departments that were given, each once; an empty name stands for none.
    pub fn units(&self, workspace: &Workspace, name: &str) -> Result<Vec<UnitId>, Failure> {
        let mut units = Vec::new();
        for name in self.all(name).into_iter().filter(|name| !name.is_empty()) {
            let unit = self.unit(workspace, name)?;
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        Ok(units)
    }

    pub fn tasks(&self, session: &Session, workspace: &Workspace) -> Result<Vec<NodeId>, Failure> {
        let typed: Vec<String> = self.all("task").into_iter().filter(|id| !id.is_empty()).map(str::to_string).collect();
        session.resolve(workspace, &typed)
    }

    /// A day in figures or office words.
    pub fn day(&self, name: &str) -> Result<Option<NaiveDate>, Failure> {
        let day = |typed: &str| ops::meeting::understand_day(typed, self.today);
        self.one(name).map(day).transpose().map_err(|refusal| Failure::refusal(&refusal, self.text))
    }

    pub fn time(&self) -> Result<Option<NaiveTime>, Failure> {
        let Some(typed) = self.one("time") else { return Ok(None) };
        let plain = narrow(typed).replace(['时', '点'], ":").replace('分', "");
        let plain = if plain.ends_with(':') { format!("{plain}00") } else { plain };
        let time = NaiveTime::parse_from_str(&plain, "%H:%M").ok();
        time.map(Some).ok_or_else(|| Failure::usage((self.text.help.meeting.bad_time)(typed)))
    }

    pub fn minutes(&self) -> Result<Option<i64>, Failure> {
        let Some(typed) = self.one("minutes") else { return Ok(None) };
        let minutes = number(typed).filter(|minutes| (1..=1440).contains(minutes));
        minutes.map(Some).ok_or_else(|| Failure::usage((self.text.help.meeting.bad_minutes)(typed)))
    }

    pub fn kind<T>(&self, of: RecordKind, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Failure> {
        let Some(typed) = self.one("kind") else { return Ok(None) };
        parse(typed.trim()).map(Some).ok_or_else(|| {
            let named = of.words(Field::Kind).split(' ').map(|word| {
                let name = (self.text.records.word)(of, Field::Kind, word);
                if name == word { word.to_string() } else { format!("{word} {name}") }
            });
            let known = named.collect::<Vec<_>>().join(self.text.words.comma);
            Failure::usage((self.text.help.meeting.bad_kind)(typed, &known))
        })
    }
}

/// A whole number in either width, with 分钟 or 第…位 around it or not.
pub(super) fn number(typed: &str) -> Option<i64> {
    let plain = narrow(typed);
    let plain = plain.trim_start_matches('第').trim_end_matches("分钟").trim_end_matches(['位', '项']);
    plain.bytes().all(|byte| byte.is_ascii_digit()).then(|| plain.parse().ok()).flatten()
}

/// The departments that sign in; `all` are the members that have not yet.
pub(super) fn seats(workspace: &Workspace, meeting: &str, names: &[String]) -> Result<Vec<UnitId>, Refusal> {
    let mut units: Vec<UnitId> = Vec::new();
    for name in names {
        if matches!(name.as_str(), "all" | "全部") {
            let open = Meeting::of(workspace.plan(), meeting).map(|meeting| meeting.roster()).unwrap_or_default();
            let open = open.into_iter().filter(|seat| seat.is_member() && seat.attendance().is_none());
            units.extend(open.map(|seat| UnitId::new(seat.unit.clone())));
        } else {
            let unit = ops::resolve_unit(workspace, name)?;
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
    }
    Ok(units)
}
