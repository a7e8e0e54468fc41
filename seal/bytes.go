package seal

import (
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/proto"
)

// Bytes seals and opens what is kept outside Temporal as a converter does what is in it.
type Bytes struct{ Converter converter.DataConverter }

// Seal is the content as it may lie about.
func (b Bytes) Seal(raw []byte) ([]byte, error) {
	p, err := b.Converter.ToPayload(raw)
	if err != nil {
		return nil, err
	}
	return proto.Marshal(p)
}

// Open is what was sealed.
func (b Bytes) Open(sealed []byte) ([]byte, error) {
	var p commonpb.Payload
	if err := proto.Unmarshal(sealed, &p); err != nil {
		return nil, err
	}
	var raw []byte
	err := b.Converter.FromPayload(&p, &raw)
	return raw, err
}
