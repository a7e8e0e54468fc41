package guess

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"testing"
)

func TestAGuesserFindsADigestInWhateverFormItStands(t *testing.T) {
	sum := sha256.Sum256([]byte("CCG/07K"))
	beside := sha1.Sum([]byte("CASE-1\x00CCG/07K"))
	f := fnv.New64a()
	f.Write([]byte("CCG/07K"))
	uuid := hex.EncodeToString(beside[:16])
	short := map[string]bool{"a short word": true, "a short number": true}
	for what, text := range map[string]string{
		"whole":          hex.EncodeToString(sum[:]),
		"cut":            `"print":"` + hex.EncodeToString(sum[:6]) + `"`,
		"base64":         base64.StdEncoding.EncodeToString(sum[:]),
		"as in JSON":     `{"acts":"` + base64.StdEncoding.EncodeToString(sum[:9]) + `"}`,
		"a number":       fmt.Sprint("id ", f.Sum64()),
		"a short word":   "id " + hex.EncodeToString(sum[:4]),
		"a short number": fmt.Sprint("id ", crc32.ChecksumIEEE([]byte("CCG/07K"))),
		"with reference": uuid[:8] + "-" + uuid[8:12] + "-" + uuid[12:16] + "-" + uuid[16:20] + "-" + uuid[20:],
	} {
		g := New("Case CASE-1 of 2013-09-10, "+text+", and more", "CASE-1")
		if g.Try("CQC") || !g.Try("CCG/07K") || g.Short != short[what] || g.Tries == 0 {
			t.Errorf("%s: %s", what, text)
		}
	}
}
