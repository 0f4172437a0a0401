namespace CertFunctions.Functions.Http.Requests;

/// <summary>
/// A member of a body, or a query parameter: absent, null, given, or bad. A bad one has been noted as an error of the request and
/// reads as absent or as a default: use values only after <see cref="HttpInput.Refused"/> said no.
/// </summary>
public readonly struct Member<T>
    where T : notnull
{
    private readonly T? value;
    private readonly MemberState state;
    private readonly Action<string>? complain;
    private readonly bool inPatch;

    internal Member(MemberState state, T? value, bool inPatch, Action<string> complain) =>
        (this.state, this.value, this.inPatch, this.complain) = (state, value, inPatch, complain);

    public bool IsAbsent => state == MemberState.Absent;

    public bool IsNull => state == MemberState.Null;

    public bool IsGiven => state == MemberState.Given;

    /// <summary>The value; an error of the request when absent or null.</summary>
    public T Required()
    {
        if (IsAbsent || IsNull)
        {
            complain?.Invoke("is required");
        }

        return value!;
    }

    /// <summary>An error of the request when null, or when absent from a body that is not a patch.</summary>
    public Member<T> RequiredUnlessPatch()
    {
        if (IsNull || (IsAbsent && !inPatch))
        {
            complain?.Invoke("is required");
        }

        return this;
    }

    /// <summary>An error of the request when it has this value.</summary>
    public void MustNotBe(T refused, string why)
    {
        if (IsGiven && value!.Equals(refused))
        {
            complain?.Invoke(why);
        }
    }

    /// <summary>The value, or <paramref name="fallback"/> when absent or null.</summary>
    public T Or(T fallback) => IsGiven ? value! : fallback;

    /// <summary>The value; when absent what it was before, when null the default.</summary>
    public T? Or(T? whenAbsent, T? whenNull) => state switch
    {
        MemberState.Given => value,
        MemberState.Null => whenNull,
        _ => whenAbsent,
    };
}

internal enum MemberState
{
    Absent,
    Null,
    Given,
    Bad,
}
