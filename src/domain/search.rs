//! Search over the plan, notes and departments.
