package index

// Verify is what [Live.Keep] does now and then.
func (l *Live) Verify() { l.verify() }
