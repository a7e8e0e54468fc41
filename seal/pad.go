package seal

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// lengthBytes say how much of what is sealed is the payload, and whether that is compressed; zeros fill
// the rest.
const (
	lengthBytes  = 4
	isCompressed = 1 << 31
)

// padded fills what is to be sealed up to one of few lengths. The length of a sealed payload stays
// open, and where all but the body or the source of an act is known, it could give that away.
func padded(raw []byte, own int) []byte {
	raw, smaller := compressed(raw, own)
	out := make([]byte, roomy(lengthBytes+len(raw), own))
	length := uint32(len(raw)) // Temporal takes two MiB at most
	if smaller {
		length |= isCompressed
	}
	binary.BigEndian.PutUint32(out, length)
	copy(out[lengthBytes:], raw)
	return out
}

func unpadded(b []byte) ([]byte, error) {
	if len(b) >= lengthBytes {
		length := binary.BigEndian.Uint32(b)
		if n := uint64(length &^ isCompressed); n <= uint64(len(b)-lengthBytes) {
			if length&isCompressed != 0 {
				return decompressed(b[lengthBytes:][:n])
			}
			return b[lengthBytes:][:n], nil
		}
	}
	return nil, errors.New("a sealed payload has no length that can be")
}

// roomy is the next of the lengths: 512 bytes, whole KiB up to 16, and then steps of a
// sixteenth of what it is at most; for what the program writes by itself less.
func roomy(n int, own int) int {
	step := 1 << 10
	switch {
	case own > 0 && n <= 1<<10:
		step = own
	case n <= 512:
		return 512
	case n > 16<<10:
		step = 1 << (bits.Len(uint(n)) - 5)
	}
	return (n + step - 1) / step * step
}
