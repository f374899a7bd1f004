"""What runs by the calendar: training, and the monitors of models."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import Cron, Email, MlAsset, MlData, MlName, TimeZone


class TrainingScheduleSettings(Section):
    """A command that trains, and when it runs."""

    cron: Cron = Field(description="Required. Minutes, hours, days, months, days of the week.")
    time_zone: TimeZone = Field(
        default="Mountain Standard Time", description="Optional. Windows name of the time zone."
    )
    command: str = Field(description="Required. Command line in the environment; ${{inputs.data}} is the data's path.")
    code: MlAsset | None = Field(default=None, description="Conditional. Code, pinned; absent: it is in the image.")
    environment: MlAsset = Field(description="Required. Environment, pinned to a version.")
    cluster: MlName = Field(description="Required. One of `machine_learning.compute_clusters`.")
    data: MlData = Field(description="Required. Folder that is read.")
    model_folder: MlData = Field(description="Required. Folder that the model is written to.")
    nodes: int = Field(default=1, ge=1, le=1000, description="Optional. Nodes.")
    timeout_hours: int = Field(default=12, ge=1, le=168, description="Optional. A run that takes longer is ended.")
    enabled: bool = Field(default=True, description="Optional. false: the schedule stands, and runs nothing.")


class ModelMonitorSettings(Section):
    """What a deployment was asked and answered, compared with what its model was trained on."""

    endpoint: MlName = Field(description="Required. One of `machine_learning.online_endpoints`.")
    deployment: MlName = Field(description="Required. A deployment of it that collects data.")
    task: Literal["Classification", "Regression"] = Field(description="Required. What the model does.")
    cron: Cron = Field(default="0 6 * * 1", description="Optional. When it runs.")
    time_zone: TimeZone = Field(
        default="Mountain Standard Time", description="Optional. Windows name of the time zone."
    )
    window_days: int = Field(default=7, ge=1, le=90, description="Optional. Days of production data compared.")
    reference: MlData = Field(description="Required. MLTable with the training data.")
    target_column: str = Field(description="Required. Column of the reference with the right answer.")
    data_drift: float = Field(
        default=0.2, gt=0, le=1, description="Optional. Jensen-Shannon distance of a feature above which people hear."
    )
    prediction_drift: float = Field(default=0.2, gt=0, le=1, description="Optional. The same of the answers.")
    null_rate: float = Field(
        default=0.05, gt=0, le=1, description="Optional. Share of missing values of a feature: data quality."
    )
    unwatched: tuple[Literal["data_drift", "prediction_drift", "data_quality"], ...] = Field(
        default=(), description="Optional. Signals that are left out."
    )
    attribution_ndcg: float | None = Field(
        default=None,
        gt=0,
        le=1,
        description="Optional. Alert when the ranking of features agrees less; absent: not watched.",
    )
    instance: Literal["standard_e4s_v3", "standard_e8s_v3", "standard_e16s_v3"] = Field(
        default="standard_e4s_v3", description="Optional. Size of the serverless Spark machines."
    )
    emails: tuple[Email, ...] | None = Field(
        default=None, description="Optional. Who is told; absent: the routine contacts of `monitoring`."
    )
