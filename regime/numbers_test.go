package regime_test

import (
	"reflect"
	"regexp"
	"testing"

	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
)

func TestEveryFieldThatNamesANumberTakesItInSmallLettersToo(t *testing.T) {
	number := regexp.MustCompile(`such as [A-Z][0-9](\.[0-9])?$|^(the|its) (\w+'s )?number`)
	seen := 0
	try := func(path string, act any) {
		v := reflect.TypeOf(act).Elem()
		for i := range v.NumField() {
			f := v.Field(i)
			if f.Type != reflect.TypeOf("") || f.Tag.Get("flag") == "notice" || !number.MatchString(f.Tag.Get("usage")) {
				continue
			}
			seen++
			if f.Tag.Get("number") != "yes" {
				t.Errorf("%s --%s", path, f.Tag.Get("flag"))
			}
		}
	}
	for _, v := range failure.Verbs() {
		try(v.Path, v.New())
	}
	for _, v := range surveillance.Verbs() {
		try(v.Path, v.New())
	}
	if seen < 50 {
		t.Errorf("only %d fields were looked at", seen)
	}
}
