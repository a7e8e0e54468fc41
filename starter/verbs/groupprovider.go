package verbs

import (
	"reflect"
	"strings"

	"holdthering/regime"
)

// nameProvider reads the provider of an act in a group as 'trigger' does: by its code or by
// words of its name. What the register does not know, as a practice, stays as it is written:
// the group says what it makes of it.
func nameProvider(act regime.GroupAct) error {
	k, err := known()
	if err != nil {
		return err
	}
	v := reflect.ValueOf(act).Elem()
	for _, f := range regime.Fields(act) {
		if f.Flag != "provider" {
			continue
		}
		text := strings.TrimSpace(v.Field(f.Index).String())
		p, err := k.ref.Provider(text)
		switch {
		case text == "" || err != nil && !strings.ContainsAny(text, " '"):
			return nil
		case err != nil:
			return err // no code has a blank
		}
		v.Field(f.Index).SetString(p.Code)
		if c, ok := act.(*regime.RaiseConcern); ok && c.ProviderName == "" {
			c.ProviderName = p.Name // in case that the group does not have it on its list
		}
	}
	return nil
}
