using CertFunctions.Core;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Pages.Certifications;

/// <summary>The fields of a certification, as they are typed.</summary>
public sealed record CertificationForm
{
    public const string Courses = "courses";
    public const string LearningPlans = "learningPlans";
    public const string ExternalTrainings = "externalTrainings";

    public static readonly IReadOnlyDictionary<ActivityType, (string Field, string Label)> ActivityFields = new Dictionary<ActivityType, (string, string)>
    {
        [ActivityType.Course] = (Courses, "Courses"),
        [ActivityType.LearningPlan] = (LearningPlans, "Learning plans"),
        [ActivityType.ExternalTraining] = (ExternalTrainings, "External trainings"),
    };

    public string Code { get; init; } = "";

    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>Empty: it never expires.</summary>
    public string ValidityValue { get; init; } = "";

    public string ValidityUnit { get; init; } = PageForm.NameOf(Core.Certifications.ValidityUnit.Months);

    public string RenewalWindowDays { get; init; } = "";

    public string Renewal { get; init; } = "";

    /// <summary>The ids of each type, with spaces between.</summary>
    public IReadOnlyDictionary<ActivityType, string> Activities { get; init; } = ActivityFields.Keys.ToDictionary(type => type, _ => "");

    /// <summary>On which version of the definition the fields rest; empty: on none.</summary>
    public string Version { get; init; } = "";

    public static CertificationForm Of(Certification certification) => new()
    {
        Code = certification.Code.Value,
        Title = certification.Title,
        Description = certification.Description,
        ValidityValue = certification.Validity is { } validity ? FormattableString.Invariant($"{validity.Value}") : "",
        ValidityUnit = PageForm.NameOf(certification.Validity?.Unit ?? Core.Certifications.ValidityUnit.Months),
        RenewalWindowDays = FormattableString.Invariant($"{certification.RenewalWindowDays}"),
        Renewal = PageForm.NameOf(certification.Renewal),
        Activities = ActivityFields.Keys.ToDictionary(
            type => type, type => string.Join(' ', certification.Activities.Where(activity => activity.Type == type).Select(activity => activity.Id))),
        Version = FormattableString.Invariant($"{certification.Version}"),
    };

    internal static CertificationForm Of(PageForm form) => new()
    {
        Code = form.Raw("code").Trim(),
        Title = form.Raw("title"),
        Description = form.Raw("description"),
        ValidityValue = form.Raw("validityValue"),
        ValidityUnit = form.Raw("validityUnit"),
        RenewalWindowDays = form.Raw("renewalWindowDays"),
        Renewal = form.Raw("renewal"),
        Activities = ActivityFields.ToDictionary(field => field.Key, field => form.Raw(field.Value.Field)),
        Version = form.Raw("version"),
    };

    /// <returns>From what is there to what is wanted; to be used once the form is found free of errors.</returns>
    internal static Func<Certification, Certification> ReadEdit(PageForm form)
    {
        var title = form.Text("title", "Title", TextRule.Title);
        var description = form.Text("description", "Description", TextRule.Description) ?? "";
        var validity = ReadValidity(form);
        var window = form.Number("renewalWindowDays", "Renewal window", 0, Limits.RenewalWindowDays) ?? 0;
        var renewal = form.OneOf<RenewalRule>("renewal", "Renewal");
        var activities = ReadActivities(form);
        return former => former with
        {
            Title = title!,
            Description = description,
            Validity = validity,
            RenewalWindowDays = window,
            Renewal = renewal,
            Activities = activities,
        };
    }

    private static Validity? ReadValidity(PageForm form)
    {
        var unit = form.OneOf<ValidityUnit>("validityUnit", "Unit");
        var value = form.Number("validityValue", "Valid for", 1, Validity.MaxValue(unit));
        return value is { } number && Validity.TryCreate(number, unit, out var validity) ? validity : null;
    }

    private static List<Activity> ReadActivities(PageForm form)
    {
        var activities = new List<Activity>();
        foreach (var (type, (field, label)) in ActivityFields)
        {
            foreach (var text in form.Raw(field).Split([' ', ',', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal))
            {
                if (LmsId.TryParse(text, out var id))
                {
                    activities.Add(new Activity(type, id));
                }
                else if (form.Errors.Of(field) is null)
                {
                    form.Errors.Add(field, $"{label}: “{Excerpt.Of(text, LmsId.MaxLength)}” is no id. An id {LmsId.Rule}.");
                }
            }
        }

        if (activities.Count > Limits.CertificationActivities)
        {
            form.Errors.Add(null, $"There are more than {Limits.CertificationActivities} activities.");
        }

        return activities;
    }
}
