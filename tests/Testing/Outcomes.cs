using CertFunctions.Core;

namespace CertFunctions.Testing;

/// <summary>What tests ask of an outcome.</summary>
public static class Outcomes
{
    /// <exception cref="InvalidOperationException">It was refused; the message says why.</exception>
    public static T Value<T>(this Outcome<T> outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.IsDone(out var value, out var why) ? value : throw new InvalidOperationException($"Refused: {why.Code}, {why.Detail}");
    }

    /// <returns>Why it was refused; null: it was done.</returns>
    public static string? Code<T>(this Outcome<T> outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.IsDone(out _, out var why) ? null : why.Code;
    }
}
