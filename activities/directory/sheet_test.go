package directory

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

func utf16LE(s string) string {
	var b strings.Builder
	b.WriteString("\xff\xfe")
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

func TestEveryDialectOfASpreadsheetIsTheSameDirectory(t *testing.T) {
	plainText := header + "CQC,\"Care, Quality\",d@x.example,l@x.example,,e@x.example,,,no,\n" +
		"TDA,NHS TDA,t@x.example,,,,,,yes,\n"
	withComma := func(comma string) string {
		s := strings.ReplaceAll(strings.ReplaceAll(plainText, ",", comma), "Care"+comma, "Care,")
		return s
	}
	for fact, text := range map[string]string{
		"as it is":              plainText,
		"semicolons":            withComma(";"),
		"tabs":                  withComma("\t"),
		"sep=":                  "sep=;\r\n" + withComma(";"),
		"UTF-16 with tabs":      utf16LE(strings.ReplaceAll(withComma("\t"), "\n", "\r\n")),
		"BOM and CRLF":          "\ufeff" + strings.ReplaceAll(plainText, "\n", "\r\n"),
		"old Mac":               strings.ReplaceAll(plainText, "\n", "\r"),
		"empty rows":            strings.ReplaceAll(plainText, "\n", "\n,,,,,,,,,\n \n,,,\n"),
		"empty columns":         strings.ReplaceAll(plainText, "\n", ",,,\n"),
		"no note":               strings.ReplaceAll(strings.ReplaceAll(plainText, ",no,\n", ",no\n"), ",yes,\n", ",yes\n"),
		"capitals in the heads": strings.Replace(plainText, header, "Party,Name,Duty,Lead,Deputy,Executive,Absent from,Absent to,Calendar,Note\n", 1),
		"quoted heads":          strings.Replace(plainText, "party,name", `"party","name"`, 1),
	} {
		d, _ := opened(t, text)
		c, err := d.Lookup("CQC", time.Time{}, Lead)
		if err != nil || c.Address != "l@x.example" || c.Name != "Care, Quality" {
			t.Errorf("%s: %+v, %v", fact, c, err)
		}
		if c, err := d.Lookup("TDA", time.Time{}, Duty); err != nil || !c.Calendar {
			t.Errorf("%s: %+v, %v", fact, c, err)
		}
		if n := len(d.fresh().rows); n != 2 {
			t.Errorf("%s: %d rows", fact, n)
		}
	}
}

func TestADayIsReadInEveryFormThatASpreadsheetWrites(t *testing.T) {
	for _, text := range []string{"2013-12-24", "24/12/2013", "24/12/13", "2013-12-24 00:00:00", "2013-12-24T00:00:00",
		"2013-12-24T00:00:00Z", "24/12/2013 00:00", "24.12.2013", "24-12-2013", "24-Dec-13", "24-Dec-2013", "24 Dec 2013",
		"24 December 2013", "Tuesday, 24 December 2013", "24th December 2013", "December 24, 2013", "2013/12/24", "41632",
		"41632.0", "2013\u201112\u201124", "24/12/2013 12:00:00 AM"} {
		d := fromRows(t, `CQC,,,l@x.example,p@x.example,,"`+text+`","`+text+`",no,`)
		for at, want := range map[string]Level{"2013-12-23T12:00:00Z": Lead, "2013-12-24T12:00:00Z": Deputy,
			"2013-12-25T12:00:00Z": Lead} {
			if got, err := d.Lookup("CQC", utc(t, at), Lead); err != nil || got.Level != want {
				t.Errorf("%s at %s: %s, %v", text, at, got.Level, err)
			}
		}
	}
	if d := fromRows(t, "CQC,,,l@x.example,p@x.example,,1/2/2014,1/2/2014,no,"); true { // the first of February
		if got, err := d.Lookup("CQC", utc(t, "2014-02-01T12:00:00Z"), Lead); err != nil || got.Level != Deputy {
			t.Errorf("%+v, %v", got, err)
		}
	}
}

func TestALeadWhoseAbsenceCannotBeReadIsNeverTakenToBeThere(t *testing.T) {
	for _, cells := range []string{"12/24/2013,", ",12/24/2013", "soon,", "31/02/2014,", "13-12-24,", "24/12/0013,", "99999,",
		"0,", "2014-02-02,2014-02-01", "-,", "n/a,n/a", "24/12,", "#########,", "2013-12-24 to 2014-01-02,"} {
		d := fromRows(t, "CQC,,,l@x.example,p@x.example,,"+cells+",no,")
		for _, at := range []string{"2010-01-01T00:00:00Z", "2013-12-25T00:00:00Z", "2030-01-01T00:00:00Z"} {
			got, err := d.Lookup("CQC", utc(t, at), Lead)
			if err != nil || got.Level != Deputy || !strings.Contains(got.Instead, "cannot be read") {
				t.Errorf("%s: %+v, %v", cells, got, err)
			}
		}
		alone := fromRows(t, "CQC,,,l@x.example,,,"+cells+",no,")
		if _, err := alone.Lookup("CQC", utc(t, "2010-01-01T00:00:00Z"), Lead); err == nil {
			t.Errorf("%s: the only contact was taken to be there", cells)
		}
	}
	// A file with the month first anywhere has it first everywhere.
	d := fromRows(t, "CQC,,,l@x.example,p@x.example,,3/4/2014,3/5/2014,no,", "TDA,,,t@x.example,u@x.example,,12/24/2013,,no,")
	if got, err := d.Lookup("CQC", utc(t, "2014-01-01T00:00:00Z"), Lead); err != nil || got.Level != Deputy {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAnAddressIsReadAsItIsPasted(t *testing.T) {
	for cell, want := range map[string][2]string{
		"\u200bduty@x.example":                     {"duty@x.example", ""},
		"mailto:duty@x.example":                    {"duty@x.example", ""},
		"MAILTO:duty@x.example?subject=x":          {"duty@x.example", ""},
		"<duty@x.example>":                         {"duty@x.example", ""},
		"\u00a0duty@x.example\u00a0":               {"duty@x.example", ""},
		"duty@x.example;":                          {"duty@x.example", ""},
		"'duty@x.example'":                         {"duty@x.example", ""},
		"Duty desk <duty@x.example>;":              {"duty@x.example", "Duty desk"},
		"\"\"Bloggs, Jo\"\" <duty@x.example>":      {"duty@x.example", "Bloggs, Jo"},
		"Duty\u00a0desk <mailto:duty@x.example>":   {"duty@x.example", "Duty desk"},
		"duty@x.example <duty@x.example>":          {"duty@x.example", ""},
		"\ufeffDuty <\u200bduty@x.example\u2060 >": {"duty@x.example", "Duty"},
		"Duty [mailto:duty@x.example]":             {"duty@x.example", "Duty"},
		"a@x.example; b@x.example":                 {},
		"a@x.example b@x.example":                  {},
		"a@x.example <b@x.example>":                {},
		"Duty <a@x.example> <b@x.example>":         {},
	} {
		c, err := fromRows(t, `CQC,,"`+cell+`",,,,,,no,`).Lookup("CQC", time.Time{}, Duty)
		if c.Address != want[0] || c.Person != want[1] || (err == nil) != (want[0] != "") {
			t.Errorf("%q: %+v, %v", cell, c, err)
		}
	}
}

func TestAFileInWindows1252IsNamedAsThat(t *testing.T) {
	_, err := Open(filepath.Join("testdata", "cp1252.csv"))
	for _, says := range []string{":2: ", "0x96", "Windows-1252", "UTF-8"} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v does not say %s", err, says)
		}
	}
}

// Whatever a file holds: it is refused, or whoever it says answers has one bare address, and no
// lead answers whose absence could not be read.
func FuzzDirectory(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.csv"))
	if err != nil || len(files) < 5 {
		f.Fatal(files, err)
	}
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Add(header + "CQC,,d@x.example,l@x.example,p@x.example,,24/12/2013,02/01/2014,no,\n")
	f.Add(header + "CQC,,d@x.example,l@x.example,p@x.example,,soon,,no,\n")
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := FromText(text)
		if err != nil {
			return
		}
		for _, r := range d.fresh().rows {
			if len(r.cells) != len(allColumns) {
				t.Fatalf("line %d has %d cells", r.line, len(r.cells))
			}
			_, _, unread := r.absence(zone)
			for _, level := range Ladder {
				c, err := d.Lookup(r.party(), time.Unix(1400000000, 0), level)
				if err != nil {
					continue
				}
				if checkAddress(c.Address) != nil || !plain(c.Person) || !plain(c.Name) {
					t.Fatalf("%+v", c)
				}
				own := d.fresh().first[r.party()]
				if c.Level == Lead && unread != nil && d.fresh().rows[own].line == r.line {
					t.Fatalf("%v, and yet %+v", unread, c)
				}
			}
		}
	})
}
