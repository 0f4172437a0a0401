namespace CertFunctions.Functions.Http.Callers;

/// <summary>What a caller may do. Each may do what those before it may.</summary>
public enum CallerRole
{
    /// <summary>Signed in, with no role of ours: reads what is theirs.</summary>
    Learner,

    /// <summary>Reads everything.</summary>
    Auditor,

    Superadmin,
}
