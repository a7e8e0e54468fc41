// Package regime is the law of the single failure regime: which bodies there are, who may do what,
// what is owed by whom and by when, and who is told. It holds no state. Packages failure (one case)
// and surveillance (one group) apply it; what they share, duties, mails and a chronology, is package
// ledger. Everything below this folder is pure Go on the standard library, without a clock, a network
// or Temporal: the time is always an argument.
//
// Read party.go first: a [Party] is one organisation at the table. Then, in this order:
//
//   - provider.go, stage.go, concern_kinds.go and vocabulary.go: the closed lists of words.
//   - role.go: a [Role] is what a party is to a case or group. It has the one table of roles.
//   - rule.go with rules.json, and refusal.go: a [Refusal] names the rule that it rests on, a [Mistake]
//     is about what was typed.
//   - profile.go: a [Profile] is one way in which the regime was laid down. profile_load.go reads
//     profiles/*.json, profile_overlay.go and profile_succession.go make a later profile out of an
//     earlier one, basis.go says how far a row may be quoted.
//   - duty_rows.go, notice_kinds.go and notice_rows.go, group_rows.go, meeting_row.go, powers.go,
//     sharing_matrix.go, care_measures.go, standards.go, parts.go, law_changes.go: the tables of a profile.
//   - field.go, when_rows.go, doubtful.go and patient_number.go: how the struct of an act says what it
//     takes, and what is refused before any rule is asked.
//
// To change a period, a ladder, or who is told, edit profiles/*.json; the types in the files above say
// what each row means. To change what a rule refuses, find its number in rules.json, and then in the
// check of an act in failure or surveillance. The text of a mail is in the package notices.
package regime
