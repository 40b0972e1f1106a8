package plan

// pair finds the window of two slots in any order that begins at start and ends
// first.
func (w *walk) pair(start int) (Window, bool) {
	best := Window{Run: Run{Start: start}}
	for i := range 2 {
		w.buffer = w.ends(w.buffer, i, start)
		for _, end := range w.buffer {
			if second, ok := w.after(1-i, end); ok && (best.End == 0 || second.End < best.End) {
				best.End = second.End
				best.Parts = []Run{{start, end}, second}
			}
		}
	}
	return best, best.End > 0
}

// after finds the run of slot i that ends first among those that begin at p or
// behind it, within the slack.
func (w *walk) after(i, p int) (first Run, ok bool) {
	for slack := 0; slack <= w.Slack && (!ok || p < first.End); p++ {
		w.second = w.ends(w.second, i, p)
		for _, end := range w.second {
			if !ok || end < first.End {
				first, ok = Run{p, end}, true
			}
		}
		if !w.skips(p) {
			slack++
		}
	}
	return first, ok
}
