using CertFunctions.Core;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>What a proof says of its bearer.</summary>
internal static class CallerClaims
{
    private const string Roles = "roles";

    /// <summary>A subject becomes part of what is stored of an award (OpenID Connect Core, 2: at most 255 characters).</summary>
    private static readonly TextRule SubjectRule = new(1, Limits.SubjectLength);

    /// <param name="claims">Each value of a claim by itself.</param>
    /// <param name="userIdClaim">Which claim holds the id of the LMS's user.</param>
    /// <returns>Null: they name no subject, or no usable one.</returns>
    public static Caller? ToCaller(IReadOnlyCollection<(string Name, string Value)> claims, string userIdClaim)
    {
        var subjects = Values(AuthSettings.Subject).ToList();
        if (subjects is not [var subject] || SubjectRule.WhyNot(subject) is not null)
        {
            return null;
        }

        var roles = Values(Roles).ToHashSet(StringComparer.Ordinal);
        var role = roles.Contains(nameof(CallerRole.Superadmin)) ? CallerRole.Superadmin
            : roles.Contains(nameof(CallerRole.Auditor)) ? CallerRole.Auditor
            : CallerRole.Learner;
        var userId = Values(userIdClaim).ToList() is [var id] && LmsId.TryParse(id, out var parsed) ? parsed : null;
        return new Caller(subject, role, userId);

        IEnumerable<string> Values(string name) => claims.Where(claim => claim.Name == name).Select(claim => claim.Value);
    }
}
