namespace CertFunctions.Benchmarks;

/// <summary>A figure of the table: what must hold, and what we aim at.</summary>
/// <param name="Gate">Null: none; it is only shown, unless there is an aim.</param>
/// <param name="AtLeast">Whether more is better.</param>
internal sealed record Figure(string Id, string Text, double? Gate = null, double? Aim = null, bool AtLeast = false)
{
    public string VerdictOn(double measured) =>
        (Gate, Aim) is (null, null) ? "" : Reaches(measured, Aim) ? "aim" : Reaches(measured, Gate) ? "gate" : Gate is null ? "aim missed" : "MISSED";

    private bool Reaches(double measured, double? mark) => AtLeast ? measured >= mark : measured <= mark;
}

/// <param name="Note">With what it was measured.</param>
internal sealed record Measured(Figure Figure, double Value, string Note);
