using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Jobs;

/// <summary>What a plan would make of an award, and on what grounds that was decided.</summary>
/// <param name="IssuedOn">Null: nothing would be awarded.</param>
/// <param name="ExpiresOn">Null as above, or always valid.</param>
/// <param name="Grounds">While they hold, the same comes of it.</param>
public sealed record PlannedAward(DateOnly? IssuedOn, DateOnly? ExpiresOn, PlanGrounds Grounds)
{
    /// <param name="isActive">Of the user; null: there is none.</param>
    /// <param name="before">The award as it is stored; null: never awarded.</param>
    public static PlannedAward Of(Decision decision, Certification certification, bool? isActive, StoredAward? before)
    {
        var after = decision.After is { Held: true } held ? held : null;
        return new PlannedAward(after?.IssuedOn, after?.ExpiresOn, new PlanGrounds(before?.Award.Version ?? 0, isActive, certification.Version));
    }
}

/// <summary>On what a decision of a plan rests.</summary>
/// <param name="AwardVersion">The latest version of the award, 0 for none.</param>
/// <param name="IsActive">Of the user; null: there was no such user.</param>
/// <param name="CertificationVersion">Of its definition.</param>
public sealed record PlanGrounds(int AwardVersion, bool? IsActive, int CertificationVersion);
