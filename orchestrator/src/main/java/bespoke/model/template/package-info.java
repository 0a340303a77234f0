/// What the templates of a description say about property groups, and whether groups keep to it
/// (smf_template(7), smf.md 9.6).
///
/// A template is stored in groups of the types `template_pg_pattern` and `template_prop_pattern`
/// ([PatternGroups]); [GroupPattern] and [PropertyPattern] are what they mean; [TemplateCheck]
/// compares.
///
/// What never belongs here: `tm_common_name` and its like (`model.definition`), how formats write
/// templates (`manifest`).
@NullMarked
package bespoke.model.template;

import org.jspecify.annotations.NullMarked;
