namespace CertFunctions.Core;

/// <summary>What an operation came to: its value, or the reason why it was refused.</summary>
public abstract record Outcome<T>
{
    private Outcome()
    {
    }

    public static implicit operator Outcome<T>(T value) => new Done(value);

    public static implicit operator Outcome<T>(Rejection why) => new Rejected(why);

    public sealed record Done(T Value) : Outcome<T>;

    public sealed record Rejected(Rejection Why) : Outcome<T>;
}
