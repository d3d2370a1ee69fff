package upkeep

// Disk says how much room there is, in bytes. A total of 0 means that it is not known.
type Disk struct{ Free, Total int64 }

// Low tells whether less than a tenth of the disk, or less than 5 GB, is free.
func (d Disk) Low() bool { return d.Total > 0 && (d.Free < d.Total/10 || d.Free < 5<<30) }

// Full tells whether so little is free that work may stop soon: less than a fiftieth, or less than 1 GB.
func (d Disk) Full() bool { return d.Total > 0 && (d.Free < d.Total/50 || d.Free < 1<<30) }
