namespace CertFunctions.Core;

/// <summary>What a write did to one resource.</summary>
/// <param name="Before">As it was; null: it was not there.</param>
/// <param name="After">
/// As it stands; null: it is gone. The same as before: nothing that anybody can see has changed, or what was to be written is older
/// than what is there.
/// </param>
public sealed record Change<T>(T? Before, T? After)
    where T : class
{
    /// <summary>As it stands.</summary>
    /// <exception cref="InvalidOperationException">It is gone.</exception>
    public T Value => After ?? throw new InvalidOperationException("It is gone.");

    public bool Created => Before is null && After is not null;

    public bool Changed => !Equals(Before, After);

    /// <summary>The same change of something that shows it.</summary>
    public Change<TOther> Select<TOther>(Func<T, TOther> show)
        where TOther : class
    {
        ArgumentNullException.ThrowIfNull(show);
        return new Change<TOther>(Before is null ? null : show(Before), After is null ? null : show(After));
    }
}

public static class Change
{
    public static Change<T> None<T>(T value)
        where T : class => new(value, value);
}
