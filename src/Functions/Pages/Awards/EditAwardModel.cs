using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Pages.Awards;

/// <param name="Award">As it stands now.</param>
/// <param name="Words">What the change would mean.</param>
/// <param name="IsChangedMeanwhile">Since the form was opened.</param>
public sealed record EditAwardModel(
    ListedAward Award, AwardFields Fields, FieldErrors Errors, IReadOnlyList<ExternalTraining> Trainings, IReadOnlyList<string> Words, bool IsChangedMeanwhile = false);
