using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Pages;

/// <summary>What people call the parts of an award.</summary>
internal static class AwardWords
{
    public static string Of(AssociationType type) => type switch
    {
        AssociationType.Manual => "Manual",
        AssociationType.Completion => "Course or learning plan",
        _ => "External training",
    };

    public static string Of(Association association) => (association.Type, association.ActivityTitle ?? association.ActivityId?.Value) switch
    {
        (AssociationType.Completion, { } activity) => $"{(association.ActivityType == ActivityType.LearningPlan ? "Learning plan" : "Course")}: {activity}",
        (AssociationType.ExternalTraining, { } activity) => $"External training: {activity}",
        (var type, _) => Of(type),
    };

    /// <param name="expiresOn">Null: always valid.</param>
    public static string Until(DateOnly? expiresOn) => expiresOn is { } day ? $"until {Words.Of(day)}" : "for ever";

    public static string ClassOf(AwardStatus status) => status switch
    {
        AwardStatus.Valid => "",
        AwardStatus.Expiring => "warn",
        _ => "bad",
    };
}
