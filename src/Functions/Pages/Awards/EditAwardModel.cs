using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Pages.Awards;

/// <param name="Award">As it stands now.</param>
/// <param name="Wanted">What it would be; null: nothing that could be done.</param>
/// <param name="IsChangedMeanwhile">Since the form was opened.</param>
public sealed record EditAwardModel(
    ListedAward Award, AwardFields Fields, FieldErrors Errors, IReadOnlyList<ExternalTraining> Trainings, WantedAward? Wanted, bool IsChangedMeanwhile = false);

/// <param name="Today">The organisation's.</param>
public sealed record WantedAward(AwardDates Dates, Association Association, DateOnly Today);
