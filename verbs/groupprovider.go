package verbs

import (
	"reflect"
	"strings"

	"holdthering/regime"
	"holdthering/regime/surveillance"
)

// nameProvider reads the provider of an act in a group as 'trigger' does: by its code or by
// words of its name. What the register does not know, as a practice, stays as it is written:
// the group says what it makes of it.
func nameProvider(act surveillance.Act) error {
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
		if c, ok := act.(*surveillance.RaiseConcern); ok && c.ProviderName == "" {
			c.ProviderName = p.Name // in case that the group does not have it on its list
		}
	}
	return nil
}

// supplyRegistered leaves out of 'group watch' what the register knows of a trust; a provider that
// it does not know is wholly said by hand.
func (r reading) supplyRegistered(act any) error {
	if _, watch := act.(*surveillance.WatchProvider); !watch {
		return nil
	}
	k, err := known()
	if err != nil {
		return err
	}
	for _, f := range r.fields {
		if f.Flag != "provider" {
			continue
		}
		if trust, err := k.ref.Provider(f.value.trimmed()); err == nil {
			r.supplyFields(map[string]string{"provider-name": trust.Name, "provider-type": string(trust.Type), "district": trust.Town})
		}
	}
	return nil
}
