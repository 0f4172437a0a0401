using CertFunctions.Core;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Certifications;

/// <summary>A certification as callers see it.</summary>
public sealed record CertificationAnswer(
    CertificationCode Code,
    string Title,
    string Description,
    ValidityAnswer? Validity,
    int RenewalWindowDays,
    RenewalRule Renewal,
    IReadOnlyList<ActivityAnswer> Activities,
    CertificationStatus Status,
    int AwardedTo,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static CertificationAnswer Of(AwardedCertification awarded)
    {
        var certification = awarded.Certification;
        return new CertificationAnswer(
            certification.Code,
            certification.Title,
            certification.Description,
            certification.Validity is { } validity ? new ValidityAnswer(validity.Value, validity.Unit) : null,
            certification.RenewalWindowDays,
            certification.Renewal,
            [.. certification.Activities.Select(activity => new ActivityAnswer(activity.Type, activity.Id))],
            certification.Status,
            awarded.AwardedTo,
            certification.CreatedAt,
            certification.UpdatedAt);
    }
}

public sealed record ValidityAnswer(int Value, ValidityUnit Unit);

public sealed record ActivityAnswer(ActivityType Type, LmsId Id);
