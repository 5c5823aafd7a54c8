"""What the demonstration itself remembers of people: nothing (`kernel.personal`)."""

from marketplace.kernel.personal import COUNTED, ROW, RULED, Table

TABLES = (
    Table("demo.MovableClock", plain={ROW: "id", COUNTED: "version ahead"}),
    Table("demo.Loading", plain={ROW: "id", COUNTED: "done total finished_at", RULED: "failure"}),
)
