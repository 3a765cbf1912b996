"""Tables as Markdown has them, to read and to copy."""


def markdown(header, rows):
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]

    def line(cells):
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths)) + " |"

    return "\n".join([line(header), "| " + " | ".join("-" * width for width in widths) + " |", *map(line, rows)])


def milliseconds(seconds):
    return f"{seconds * 1000:.1f}" if seconds >= 0.001 else f"{seconds * 1000:.2f}"
