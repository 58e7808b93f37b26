"""How much a field counts, as eight boxes: shape and side, never colour; the words stand beside it."""

from django.utils.safestring import SafeString, mark_safe

STEPS, BOX, GAP, HEIGHT = 4, 12, 3, 14


def bar(strength: int) -> SafeString:
    """Boxes filled to the right of the middle speak for one child, to the left against."""
    boxes = []
    for turn in range(-STEPS, STEPS):
        filled = turn < strength if turn >= 0 else turn >= strength
        x = (turn + STEPS) * (BOX + GAP) + (GAP if turn >= 0 else 0) + 1
        fill = "currentColor" if filled else "none"
        boxes.append(f'<rect x="{x}" y="1" width="{BOX}" height="{HEIGHT - 2}" fill="{fill}"/>')
    width = 2 * STEPS * (BOX + GAP) + GAP + 2
    return mark_safe(  # noqa: S308 - our own drawing
        f'<svg viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}" stroke="currentColor" '
        f'aria-hidden="true" focusable="false">{"".join(boxes)}</svg>'
    )
