package incident

// File is an uploaded picture or recording. Until it is bound to an incident only its uploader may use it; afterwards
// whoever sees the incident sees it. The original is kept sealed; what is shown of a picture was encoded anew and
// carries no metadata, and a recording is played as it is.
type File struct {
	ID         string   `json:"id"`
	Name       string   `json:"name,omitempty"`
	Kind       string   `json:"kind" enum:"jpeg,png,webp,webm,mp4,ogg"`
	Size       int64    `json:"size" doc:"bytes of the original"`
	Width      int64    `json:"width"`
	Height     int64    `json:"height"`
	Lon        *float64 `json:"lon,omitempty" doc:"position inside the picture, offered and not trusted"`
	Lat        *float64 `json:"lat,omitempty"`
	TakenAt    int64    `json:"taken_at,omitempty"`
	IncidentID string   `json:"incident,omitempty"`

	hash, shown, thumb string
	uploader           string
	createdAt          int64
}

// maxFileBytes bounds one upload.
const maxFileBytes = 25 << 20

// Sizes of the shown copy and the small one: longest side in pixels.
const (
	shownSide = 1600
	thumbSide = 320
)

// unusedFor is how long an upload that no incident took is kept, in ms.
const unusedFor = 24 * 3600 * 1000
