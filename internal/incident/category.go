package incident

import (
	"slices"
	"strings"
)

// Category classifies incidents in a tree; a code begins with its parent's code and a dot.
type Category struct {
	Code     string `json:"code"`
	Parent   string `json:"parent,omitempty"`
	NameZH   string `json:"name"`
	NameEN   string `json:"name_en"`
	Kind     string `json:"kind" doc:"proposed kind of incident"`
	Severity string `json:"severity" doc:"proposed severity"`
	Public   bool   `json:"public" doc:"may be shown outside its handlers, with the place rounded"`
	Words    string `json:"words" doc:"hints, separated by spaces, for proposing the category from a text"`
	Active   bool   `json:"active"`
	// Fields are its own; Categories.Fields adds what it inherits.
	Fields  []Field `json:"fields,omitempty" doc:"what it asks, and everything below it; left out in a change they stay"`
	Sort    int64   `json:"sort"`
	Version int64   `json:"version"`
}

// Categories is an unchanging set of categories.
type Categories struct {
	list   []Category
	byCode map[string]Category
}

// NewCategories returns a set in the given order.
func NewCategories(list []Category) *Categories {
	c := &Categories{list: list, byCode: map[string]Category{}}
	for _, k := range list {
		c.byCode[k.Code] = k
	}
	return c
}

// All returns every category in order.
func (c *Categories) All() []Category { return c.list }

// Get returns a category by its code.
func (c *Categories) Get(code string) (Category, bool) {
	k, ok := c.byCode[code]
	return k, ok
}

// Usable tells whether an incident may get this category.
func (c *Categories) Usable(code string) bool { return c.byCode[code].Active }

// Propose returns the category whose hint words stand in the text with the most characters; "" when none does.
func (c *Categories) Propose(text string) string {
	best, most := "", 0
	text = strings.ToLower(text)
	for _, k := range c.list {
		if !k.Active {
			continue
		}
		score := 0
		for _, w := range strings.Fields(k.Words) {
			if strings.Contains(text, strings.ToLower(w)) {
				score += len([]rune(w)) * len([]rune(w))
			}
		}
		if score > most {
			best, most = k.Code, score
		}
	}
	return best
}

// Children returns the codes of a category and of all below it.
func (c *Categories) Children(code string) []string {
	var codes []string
	for _, k := range c.list {
		if k.Code == code || strings.HasPrefix(k.Code, code+".") {
			codes = append(codes, k.Code)
		}
	}
	slices.Sort(codes)
	return codes
}
