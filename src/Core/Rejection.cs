namespace CertFunctions.Core;

/// <summary>Why a request was refused, in words for the caller.</summary>
/// <param name="Kind">What sort of refusal it is; decides the HTTP status.</param>
/// <param name="Code">Stable, snake_case: callers branch on it.</param>
/// <param name="Detail">One sentence for a person.</param>
/// <param name="Errors">With <see cref="RejectionKind.Invalid"/>: what is wrong with each member, by its path (<c>users[3]</c>).</param>
public sealed record Rejection(RejectionKind Kind, string Code, string Detail, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    /// <summary>The user who was missing, or in the way: once it is there, or has given up what it holds, the same may be done. Null: another reason.</summary>
    public LmsId? AwaitedUser { get; init; }

    /// <summary>A member of the request breaks a rule.</summary>
    public static Rejection Invalid(string code, string member, string why) =>
        new(RejectionKind.Invalid, code, $"{member} {why}.", new Dictionary<string, string[]> { [member] = [why] });

    public static Rejection NotFound(string code, string detail) => new(RejectionKind.NotFound, code, detail);

    public static Rejection Conflict(string code, string detail) => new(RejectionKind.Conflict, code, detail);

    public static Rejection VersionConflict() =>
        new(RejectionKind.VersionConflict, ErrorCode.VersionConflict, "The resource has another version than the one you named. Read it again.");

    public static Rejection Unprocessable(string code, string detail) => new(RejectionKind.Unprocessable, code, detail);
}

public enum RejectionKind
{
    /// <summary>400.</summary>
    Invalid,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>409: the state of the resource does not allow it.</summary>
    Conflict,

    /// <summary>412: the caller's <c>If-Match</c> or <c>If-None-Match</c> does not hold.</summary>
    VersionConflict,

    /// <summary>422.</summary>
    Unprocessable,
}
