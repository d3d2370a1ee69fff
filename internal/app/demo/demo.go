// Package demo fills an empty store with an invented street, its people and two weeks of work, and plays a living day
// on it. Everything goes through the services, so that timelines, orders and figures are what they would be in real
// life. Nothing real is named.
package demo

// seed makes every demo the same.
const seed = 20230521
