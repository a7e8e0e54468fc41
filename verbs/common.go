package verbs

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// commonFlags are those of every act; place says in which group it is done.
type commonFlags struct {
	caseRef, place, by, person, role, key, again, yes, dryRun, json *value
}

const commonGroup = "Who acts, and where"

// bindCommon adds the flags of every act in a case, without those that are named.
func bindCommon(c *cobra.Command, without ...string) commonFlags {
	return bindAll(c, append(without, placeFlag)...)
}

func bindAll(c *cobra.Command, without ...string) commonFlags {
	add := func(name string, k kind, usage string) *value {
		v := &value{kind: k}
		if c.Flags().Lookup(name) != nil || slices.Contains(without, name) {
			return v // where the act has a flag of that name, the environment alone says this one
		}
		f := c.Flags().VarPF(v, name, "", usage)
		f.NoOptDefVal = noOpt(k)
		group(f, commonGroup)
		return v
	}
	return commonFlags{
		caseRef: add("case", aCaseRef, "reference of the case, such as K7QM-3XRD ($HTR_CASE)"),
		place:   add(placeFlag, aPlace, "the group, by its area or region: Q56, or 'East Anglia' ($HTR_GROUP)"),
		by:      add("by", aParty, "the body for which you act; 'provider' for the trust itself ($HTR_BY)"),
		person:  add("person", aText, "who acts for it ($HTR_PERSON, or your name on this computer)"),
		role:    add("role", aText, "that person's office, such as 'regional director' ($HTR_ROLE)"),
		key:     add("key", aText, "key of this very request; the same key again records nothing twice"),
		again:   add("again", aSwitch, "record it even if the same was recorded a short while ago"),
		yes:     add(regime.SureFlag, aSwitch, "yes, that time is meant, though the program would ask about it"),
		dryRun:  add("dry-run", aSwitch, "only say what would be recorded, what would follow and whom it would mail"),
		json:    add("json", aSwitch, "answer in JSON"),
	}
}

// or is what the flag says, else what the environment does.
func (v *value) or(fallback string) string {
	if v.set {
		return v.trimmed()
	}
	return strings.TrimSpace(fallback)
}

// actor reads who acts. Whether the body exists in the case's profile is the case's to say.
func (f commonFlags) actor(env Env) (ledger.Actor, error) {
	by := f.by.or(env.By)
	if by == "" {
		return ledger.Actor{}, errors.New("for which body do you act? Say --by, such as --by CQC " +
			"or --by provider, or set HTR_BY")
	}
	party, err := parseParty(by)
	if err != nil {
		return ledger.Actor{}, fmt.Errorf("--by: %w", err)
	}
	a := ledger.Actor{For: party, Person: f.person.or(env.Person), Role: f.role.or(env.Role),
		Channel: env.Channel}
	switch {
	case strings.HasPrefix(a.Person, "--"):
		return a, fmt.Errorf("--person or HTR_PERSON is %s, and nobody is called that", clip(a.Person))
	case strings.HasPrefix(a.Role, "--"):
		return a, fmt.Errorf("--role or HTR_ROLE is %s, and no office is called that", clip(a.Role))
	}
	if a.Person == "" {
		return a, errors.New("which person acts? Say --person, or set HTR_PERSON")
	}
	if a.Channel == "" {
		a.Channel = "command line"
	}
	return a, nil
}

// keyForm is what Temporal takes as the id of an Update, and fits on a line.
var keyForm = regexp.MustCompile(`^[!-~]{1,100}$`)

// requestKey is the key of the request. The server keeps it open, as the id of the Update: it holds nothing of a
// patient, and of what is told in confidence it is one that the program made.
func (f commonFlags) requestKey(env Env, act any) (string, error) {
	if !f.key.set {
		return env.newKey(), nil
	}
	key := f.key.trimmed()
	if !keyForm.MatchString(key) {
		return "", errors.New("--key has 1 to 100 letters, digits and signs, and no blank")
	}
	if err := regime.CheckText("--key", key); err != nil {
		return "", err
	}
	if c, ok := act.(confidential); ok && c.InConfidence() && uuid.Validate(key) != nil {
		return "", errors.New("--key: the operators of the server can read it, and this is told in confidence. Leave it out, " +
			"or give the key with which this program answered")
	}
	return key, nil
}

// caseForm is a reference as ours are, or as somebody may have given it by hand.
var caseForm = regexp.MustCompile(`^[A-Z0-9][A-Z0-9-]{0,39}$`)

// ownForm is a reference as the program makes them, with or without its dash.
var ownForm = regexp.MustCompile("^([" + refLetters + "]{4})[-_ ]?([" + refLetters + "]{4})$")

// withinText is a reference in what was pasted whole: a subject, an address, a workflow's id, the name of a file.
var withinText = regexp.MustCompile("(?:^|[^A-Z0-9])([" + refLetters + "]{4}-[" + refLetters + "]{4})(?:$|[^A-Z0-9])")

// workflowForm is the id of a case's workflow, such as CASE-RCX-K7QM-3XRD, in what was pasted whole, or by itself without
// its first word.
var workflowForm = regexp.MustCompile("(?:^|[^A-Z0-9-])CASE-(?:[A-Z0-9]+-)?(" + wholeForm + ")(?:$|[^A-Z0-9-])|^[A-Z0-9]+-(" + wholeForm + ")$")

const wholeForm = "[" + refLetters + "]{4}-[" + refLetters + "]{4}"

// CaseRef reads the reference of a case as people paste it: in small letters, in the brackets of a mail's
// subject, with "case" before it, without its dash or with a long one, or within what was pasted whole.
func CaseRef(text string) (string, error) {
	ref := strings.ToUpper(strings.TrimSpace(text))
	ref = strings.Trim(ref, brackets)
	if said, rest, found := strings.Cut(ref, " "); found && strings.Trim(said, brackets) == "CASE" {
		ref = strings.Trim(rest, brackets)
	}
	ref = strings.NewReplacer("\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-").Replace(ref)
	if m := ownForm.FindStringSubmatch(ref); m != nil {
		return m[1] + "-" + m[2], nil
	}
	if m := workflowForm.FindAllStringSubmatch(ref, 2); len(m) == 1 {
		return m[0][1] + m[0][2], nil
	}
	if !caseForm.MatchString(ref) || strings.HasPrefix(ref, "CASE-") {
		if m := withinText.FindAllStringSubmatch(ref, 2); len(m) == 1 {
			return m[0][1], nil
		}
	}
	if !caseForm.MatchString(ref) {
		return "", fmt.Errorf("%q is no reference of a case, such as K7QM-3XRD", clip(text))
	}
	return ref, nil
}

// brackets are what stands around a reference in a subject or a sentence.
const brackets = "[](){}<>\"'`.,:;#* \t\u00a0"

// WholeRef reports whether a text is a whole reference, and no part of one or of a provider's name.
func WholeRef(text string) bool {
	ref, err := CaseRef(text)
	return err == nil && ownForm.MatchString(ref)
}

// confidential is an act that may be told in confidence.
type confidential interface{ InConfidence() bool }

func (f commonFlags) existingCase(env Env) (string, error) {
	text := f.caseRef.or(env.Case)
	if text == "" {
		return "", errors.New("which case? Say --case, or set HTR_CASE; 'list' shows the cases")
	}
	if env.FindCase != nil && !WholeRef(text) {
		return env.FindCase(text)
	}
	return CaseRef(text)
}
