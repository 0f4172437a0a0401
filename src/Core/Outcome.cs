using System.Diagnostics.CodeAnalysis;

namespace CertFunctions.Core;

/// <summary>What an operation came to: its value, or the reason why it was refused.</summary>
public abstract record Outcome<T>
{
    private Outcome()
    {
    }

    public static implicit operator Outcome<T>(T value) => new Done(value ?? throw new ArgumentNullException(nameof(value)));

    public static implicit operator Outcome<T>(Rejection why) => new Rejected(why);

    /// <summary>Whether it was done; says either its value or why not.</summary>
    public bool IsDone([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Rejection? why)
    {
        (value, why) = this switch
        {
            Done done => (done.Value, null),
            Rejected rejected => (default(T), rejected.Why),
            _ => throw new InvalidOperationException("There are no other cases."),
        };
        return why is null;
    }

    public sealed record Done(T Value) : Outcome<T>;

    public sealed record Rejected(Rejection Why) : Outcome<T>;
}
