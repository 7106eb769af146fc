// ANCHOR: curve
The curve has *three* steps.
// ANCHOR_END: curve
