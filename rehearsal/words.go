package rehearsal

import (
	"errors"
	"strings"
)

// split cuts a command into words as a shell does: blanks between words, '...' takes all as
// it stands, "..." too but for \" and \\, and \ outside takes the next character as it is.
func split(command string) ([]string, error) {
	s := splitter{}
	for _, r := range command {
		s.take(r)
	}
	switch {
	case s.quote != 0:
		return nil, errors.New("a quotation mark is not closed")
	case s.escaped:
		return nil, errors.New("nothing follows the last backslash")
	}
	s.end()
	return s.words, nil
}

type splitter struct {
	words   []string
	word    strings.Builder
	inWord  bool
	quote   rune // the open quotation mark, 0 outside
	escaped bool
}

func (s *splitter) take(r rune) {
	switch {
	case s.escaped:
		if s.quote == '"' && r != '"' && r != '\\' {
			s.write('\\')
		}
		s.escaped = false
		s.write(r)
	case r == '\\' && s.quote != '\'':
		s.escaped = true
	case s.quote != 0 && r == s.quote:
		s.quote = 0
	case s.quote == 0 && (r == '"' || r == '\''):
		s.quote, s.inWord = r, true
	case s.quote == 0 && (r == ' ' || r == '\t'):
		s.end()
	default:
		s.write(r)
	}
}

func (s *splitter) write(r rune) {
	s.word.WriteRune(r)
	s.inWord = true
}

func (s *splitter) end() {
	if s.inWord {
		s.words = append(s.words, s.word.String())
	}
	s.word.Reset()
	s.inWord = false
}
